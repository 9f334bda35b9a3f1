const tree: Document = libxml.parseXml(body, { noent: true }); // HERE
