const view = <p>{codec.unserialize(props.text)}</p>;
