const view = <p>{eval(props.code)}</p>; // HERE
