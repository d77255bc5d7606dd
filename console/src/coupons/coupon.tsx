const View = () => <h1>coupon</h1>;
export default View;
