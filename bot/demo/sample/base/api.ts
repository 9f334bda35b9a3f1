export interface Reply<T> {
  status: number;
  body: T;
}

export async function get<T>(url: string): Promise<Reply<T>> {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  return { status: answer.status, body: (await answer.json()) as T };
}
