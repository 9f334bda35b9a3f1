<?php
readfile("files/" . basename($_GET["name"]));
readfile($name);
