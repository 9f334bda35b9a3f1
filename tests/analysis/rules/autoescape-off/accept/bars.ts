const view: Template = Handlebars.compile(text, { strict: true });
