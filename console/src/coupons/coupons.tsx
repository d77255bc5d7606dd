const View = () => <h1>coupons</h1>;
export default View;
