const a = name.trim();
list.push(name.trim());
concat(a, b);
track.trim(0, 1);
