const view = <T of={libxml.parseXml(props.body, { noent: true })} />; // HERE
