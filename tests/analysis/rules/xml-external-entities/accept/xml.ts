const tree: Document = libxml.parseXml(body);
