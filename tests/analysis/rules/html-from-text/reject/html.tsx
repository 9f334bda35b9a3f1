const view = <div dangerouslySetInnerHTML={{ __html: props.text }} />; // HERE
