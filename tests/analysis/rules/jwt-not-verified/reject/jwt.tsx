const view = <T of={jwt.verify(props.token, key, { algorithms: ["none"] })} />; // HERE
