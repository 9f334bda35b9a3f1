libxml.parseXml(body, { noent: true }); // HERE
