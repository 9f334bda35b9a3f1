<?php
libxml_disable_entity_loader(false); // HERE
$tree = simplexml_load_string($body, "SimpleXMLElement", LIBXML_NOENT); // HERE
