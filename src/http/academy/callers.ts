// `config: { ...adminsOnly }`. SERVICE passes every check of roles of payments, group payments and enrollments (section 1).

export const adminsOnly = { access: ['admin'] } as const;
/** DIKE and UMUM. */
export const studentsOnly = { access: ['student'] } as const;
export const studentsAndAdmins = { access: ['student', 'admin'] } as const;
export const anyAccount = { access: 'account' } as const;

export const adminsAndServices = { access: ['admin', 'service'] } as const;
export const studentsAndServices = { access: ['student', 'service'] } as const;
export const studentsAdminsAndServices = { access: ['student', 'admin', 'service'] } as const;
export const servicesOnly = { access: ['service'] } as const;
