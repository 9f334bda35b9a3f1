<?php
readfile("files/" . $_GET["name"]); // HERE
