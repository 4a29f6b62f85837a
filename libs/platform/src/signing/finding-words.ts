type Words = { readonly zh: string; readonly en: string };
type ByOutcome = { readonly passed: Words; readonly failed: Words; readonly note: Words };

const words = (zh: string, en: string): Words => ({ zh, en });
const always = (zh: string, en: string): ByOutcome => {
  const same = words(zh, en);
  return { passed: same, failed: same, note: same };
};
const either = (passed: Words, failed: Words): ByOutcome => ({ passed, failed, note: passed });

/** What each thing that is looked at means, for people. */
export const findingWords = {
  'not-a-document': always(
    '不是本系统导出的文件，或内容残缺',
    'This is no document of ours, or a part of it is missing.',
  ),
  'content-hash': either(
    words('报告内容与版本哈希一致', 'The content is that of the version, byte for byte (canonical JSON, SHA-256).'),
    words('报告内容已被改动', 'The content was changed: it does not have the hash of the version.'),
  ),
  'report-claims': either(
    words('签名所述版本与文件一致', 'The signature speaks of this very version.'),
    words('签名所述版本与文件不一致', 'The signature speaks of another version or hash than the document.'),
  ),
  'report-signature': either(
    words('报告版本签名有效', 'The signature of the version is valid.'),
    words('报告版本签名无效', 'The signature of the version is not valid.'),
  ),
  'signature-missing': always('没有签名', 'There is no signature: nothing proves where this comes from.'),
  'wrong-key': always('签名密钥不在受信任之列', 'It is signed with a key that is not among the trusted ones.'),
  'export-hash': either(
    words('导出内容完整', 'The exported document is whole and unchanged.'),
    words('导出内容已被改动', 'The exported document was changed.'),
  ),
  'export-claims': either(
    words('导出签名所述与文件一致', 'The signature of the export speaks of this very document.'),
    words('导出签名所述与文件不一致', 'The signature of the export speaks of another document.'),
  ),
  'export-signature': either(
    words('导出签名有效', 'The signature of the export is valid.'),
    words('导出签名无效', 'The signature of the export is not valid.'),
  ),
  'original-unsigned': always(
    '原报告版本生成于启用签名之前，由导出签名证明其来源',
    'The version is from before reports were signed; the signature of the export names it.',
  ),
  'content-masked': always(
    '内容已脱敏或节选，由导出签名证明；原版哈希与签名附后',
    'The content is masked or shortened: the signature of the export stands for it, beside hash and signature of the version.',
  ),
  'changes-not-covered': always(
    '“变化”部分不在哈希范围内',
    'The block `changes` is not covered by hash and signature.',
  ),
  draft: always('草稿：含模拟数据，不得作为证据', 'A draft: it holds simulated answers and is no evidence.'),
} as const satisfies Record<string, ByOutcome>;
export type FindingCode = keyof typeof findingWords;
