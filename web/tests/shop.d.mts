export function openShop(house: string): Promise<{ url: string; stop(): void }>;
