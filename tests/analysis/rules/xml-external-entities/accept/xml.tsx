const view = <T of={libxml.parseXml(props.body, {})} />;
