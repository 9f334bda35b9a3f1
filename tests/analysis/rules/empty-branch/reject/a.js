if (a); // HERE
{
  one();
}
if (HERE) {}
