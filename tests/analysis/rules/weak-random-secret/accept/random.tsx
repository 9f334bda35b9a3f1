const view = <F options={{ opacity: Math.random() }} />;
