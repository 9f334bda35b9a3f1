const view = <p>{fs.chmodSync(props.path, 0o777)}</p>; // HERE
