res.redirect(req.query.next); // HERE
