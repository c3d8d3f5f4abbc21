// The camera at the back of a phone, another one when somebody wants it, and its light where it has one.
import { drawn } from "./decoder.js";

const EVERY_MS = 100;

export class Camera {
  constructor(video, decoder, saw) {
    this.video = video;
    this.decoder = decoder;
    this.saw = saw;
    this.stream = null;
  }

  // Throws where there is no camera or it may not be used.
  async start(which = { facingMode: "environment" }) {
    this.stop();
    const video = { ...which, width: { ideal: 1280 }, height: { ideal: 720 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video, audio: false });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look(this.stream);
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }

  // Goes on whatever was read: after a wrong code comes the next person.
  async look(stream) {
    while (this.stream === stream) {
      const { videoWidth, videoHeight } = this.video;
      if (videoWidth && document.visibilityState === "visible") {
        const text = await this.decoder.read(drawn(this.video, videoWidth, videoHeight));
        if (text) await this.saw(text);
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  }

  async others() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === "videoinput");
  }

  async next() {
    const cameras = await this.others();
    const now = cameras.findIndex((one) => one.deviceId === this.track?.getSettings().deviceId);
    const { deviceId } = cameras[(now + 1) % cameras.length];
    await this.start({ deviceId: { exact: deviceId } });
  }

  get track() {
    return this.stream?.getVideoTracks()[0];
  }

  get hasLight() {
    return Boolean(this.track?.getCapabilities?.().torch);
  }

  light(on) {
    return this.track.applyConstraints({ advanced: [{ torch: on }] });
  }
}
