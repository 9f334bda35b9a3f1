Handlebars.compile(text);
