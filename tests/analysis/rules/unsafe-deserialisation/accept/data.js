const value = JSON.parse(req.body);
const other = codec.unserialize(value);
