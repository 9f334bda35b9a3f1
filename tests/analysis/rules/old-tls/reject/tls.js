tls.connect({ minVersion: "TLSv1" }); // HERE
tls.connect({ secureProtocol: "SSLv3_method" }); // HERE
