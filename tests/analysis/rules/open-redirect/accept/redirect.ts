res.redirect(next as string);
