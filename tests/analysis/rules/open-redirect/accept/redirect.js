res.redirect("/");
res.redirect("/users/" + req.params.name);
res.redirect(next);
