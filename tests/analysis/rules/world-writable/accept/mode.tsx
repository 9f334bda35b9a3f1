const view = <p>{fs.chmodSync(props.path, 0o700)}</p>;
