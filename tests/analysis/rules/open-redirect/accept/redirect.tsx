const view = <R on={() => res.redirect(props.next)} />;
