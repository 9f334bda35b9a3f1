try {
  work();
} catch (_e: any) {
}
