/** Two digits of the year, six of the register, two or three letters of the faculty, five or six digits: 24/000000/PA/000000. */
const STUDENT_NUMBER = /^[0-9]{2}\/[0-9]{6}\/[A-Za-z]{2,3}\/[0-9]{5,6}$/;

export const isStudentNumber = (text: string): boolean => STUDENT_NUMBER.test(text.trim());
