libxml.parseXml(body, { noent: false });
libxml.parseXml(body);
