const view = <R on={() => res.redirect(req.query.next)} />; // HERE
