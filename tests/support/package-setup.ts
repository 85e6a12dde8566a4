import { installPackage } from "./installed-package";

/** Before the package tier: the tarball is packed and installed. */
export default async function packageSetup(): Promise<void> {
  await installPackage();
}
