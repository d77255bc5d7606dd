const View = () => <h1>payments</h1>;
export default View;
