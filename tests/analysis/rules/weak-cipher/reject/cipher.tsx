const view = <p>{createDecipheriv("des", props.key, null).final()}</p>; // HERE
