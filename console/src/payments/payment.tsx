const View = () => <h1>payment</h1>;
export default View;
