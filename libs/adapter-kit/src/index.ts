export { money, readCurrency, readDecimal } from './amounts.ts';
export { fromBase64, toBase64 } from './base64.ts';
export type { Access } from './access.ts';
export { breakers, type Breakers } from './breaker.ts';
export type { AgencyBreaker } from './breaker-circuit.ts';
export type { BreakerRegister } from './breaker-register.ts';
export type { SharedPace } from './pace-buckets.ts';
export { openChannel, type Channel, type ChannelParts, type FedBack } from './channel.ts';
export type { Exchange } from './asking.ts';
export type { KeepReply } from './collecting.ts';
export { codeFrom } from './codes.ts';
export { readDate, readWhen } from './dates.ts';
export { deadline } from './deadline.ts';
export { failurePolicy, nextAttempt, type FailurePolicy } from './failure-policy.ts';
export { encodeForm, readForm } from './form.ts';
export { readFraction } from './fractions.ts';
export { nest, type Guard } from './guard.ts';
export { axiosOver, openHttp, type Http, type Recorder } from './http-port.ts';
export { parseJson } from './json.ts';
export { replayPort, recordedReplies, type RecordedReply, type ReplayPort } from './replay-port.ts';
export type { Recorded } from './replay.ts';
export { matchByRule, matchDebtor } from './match.ts';
export { pace } from './pace.ts';
export type { Read } from './reading.ts';
export { found, noAnswer, nothing } from './said.ts';
export { section } from './sections.ts';
export {
  readSoapBody,
  readSoapCall,
  readSoapReply,
  soapCall,
  soapEnvelope,
  soapFault,
  soapReply,
  type SoapCall,
} from './soap.ts';
export type { Answered, AskingRequest, HeldAsking, TicketLeft } from './stamp.ts';
export { openSftp, type SftpBoxes, type SftpPlace } from './sftp-port.ts';
export { decodeText, encodeText, unencodable, type Charset } from './text-encoding.ts';
export { certificatesIn, credentialExpiries, spkiSha256 } from './tls-trust.ts';
export { understand, understandEach } from './understand.ts';
export { decodeUrlText, encodeUrlText } from './url-text.ts';
export { attribute, childNamed, childrenNamed, element, parseXml, writeXml, type XmlElement } from './xml.ts';
export { signatureAlgorithms, xmlSigner, xmlVerifier } from './xml-signature.ts';
export { readZip, writeZip, type ZipLimits } from './zip.ts';
