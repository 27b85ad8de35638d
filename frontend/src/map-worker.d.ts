/** The address of the map library's worker, built with it (`build/map-library.mjs`). */
declare module "virtual:map-worker" {
  const address: string;
  export default address;
}
