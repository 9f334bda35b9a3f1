const view = <T of={Handlebars.compile(props.text)} />;
