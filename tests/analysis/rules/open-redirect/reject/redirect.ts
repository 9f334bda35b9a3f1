res.redirect(req.query.next as string); // HERE
