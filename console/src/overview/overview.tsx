const View = () => <h1>overview</h1>;
export default View;
