const view = <pre>{fs.readFileSync(props.name)}</pre>;
