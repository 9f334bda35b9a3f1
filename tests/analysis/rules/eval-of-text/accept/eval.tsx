const view = <p onClick={() => setTimeout(done, 1)}>eval(code)</p>;
