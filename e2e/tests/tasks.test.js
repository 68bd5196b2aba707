/** Tasks at work: taken from a directive, followed up when late; with the clicks and keys that they may cost. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startCounting, within } from '../budget.js';
import { DESK, Stage } from '../stage.js';

/** Eight tasks; of the last one no unit of the province has the name. */
const DIRECTIVE = `ỦY BAN NHÂN DÂN TỈNH LAM GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 19/CT-UBND
Lam Giang, ngày 02 tháng 11 năm 2026

CHỈ THỊ
Về chuẩn bị ứng phó thiên tai và chăm lo hậu phương trong những tháng cuối năm 2026

Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát chế độ trợ cấp của gia đình chính sách, báo cáo trước ngày 15/12/2028.
2. Giao Sở Xây dựng chủ trì kiểm tra nhà ở của các hộ ven sông, hoàn thành trước ngày 30/11/2028.
3. Giao Sở Giáo dục và Đào tạo chủ trì hướng dẫn các trường tổ chức học bù cho học sinh vùng lũ, hoàn thành trước ngày 20/12/2028.
4. Giao Sở Xây dựng chủ trì rà soát các tuyến đường có nguy cơ sạt lở, báo cáo trước ngày 05/12/2028.
5. Giao Sở Tài chính chủ trì bố trí kinh phí dự phòng cho công tác cứu trợ, hoàn thành trước ngày 10/12/2028.
6. Giao Ủy ban nhân dân xã Đông Khê chủ trì lập danh sách hộ phải di dời, báo cáo trước ngày 25/12/2028.
7. Giao Ủy ban nhân dân xã Bình An chủ trì diễn tập phương án sơ tán dân, hoàn thành trước ngày 18/12/2028.
8. Giao cơ quan thường trực về phòng thủ dân sự chủ trì tổng hợp kết quả thực hiện, báo cáo trước ngày 28/12/2028.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.
`;

let stage;
let page;

before(async () => {
  stage = await Stage.open();
});

after(() => stage?.close());

/** A new page that counts, at an address. */
async function begin(path) {
  page = await stage.newPage(DESK);
  await startCounting(stage);
  await stage.go(path);
}

/** A file let go over an element, as the browser tells of it. */
async function drop(selector, name, content) {
  const dropped = await page.evaluateHandle(
    ([fileName, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], fileName, { type: 'text/plain' }));
      return transfer;
    },
    [name, content],
  );
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: dropped });
  await page.dispatchEvent(selector, 'drop', { dataTransfer: dropped });
}

async function post(path, body) {
  const answer = await stage.context.request.post(stage.base + path, { data: body, headers: { origin: stage.base } });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

async function unit(name) {
  const { items } = await stage.ask(`/api/units?q=${encodeURIComponent(name)}`);
  const found = items.find((it) => it.name === name);
  assert.ok(found, name);
  return found.id;
}

/** Tasks of three units that were due long ago. */
async function lateTasks() {
  for (const name of ['Sở Nội vụ', 'Xã Bình An', 'Xã Đông Khê']) {
    const lead = await unit(name);
    await post('/api/tasks', { text: `Báo cáo kết quả rà soát của ${name}`, origin: 'meeting', source: 'Giao ban tháng 9', lead, due: '2026-10-15' });
  }
}

test('T7: all who are late are found and reminded by letter, however many they are', async () => {
  await lateTasks();
  await begin('/');
  await page.getByRole('link', { name: /Đơn vị quá hạn, cần đôn đốc/ }).click();
  await page.getByRole('checkbox', { name: /Chọn tất cả/ }).click();
  await page.getByRole('button', { name: 'Đôn đốc', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await stage.picture('remind-desk-vi');
  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Phát hành' }).click();
  await page.getByText(/^Đã phát hành \d+ công văn/).waitFor();
  await within(stage, 'T7', { clicks: 4, keys: 0 });
  assert.match((await zip).suggestedFilename(), /\.zip$/);
  await stage.picture('reminded-desk-vi');
  assert.deepEqual(await stage.faults(), []);
  const words = await page.getByLabel('Lời nhắn ngắn để chép').inputValue();
  for (const name of ['Sở Nội vụ', 'Bình An', 'Đông Khê']) assert.ok(words.includes(name), name);
  const { items } = await stage.ask('/api/tasks?late=true&page_size=500');
  assert.ok(items.length >= 3);
  assert.deepEqual(items.filter((it) => it.reminders === 0).map((it) => it.text), []);
  await stage.go(`/tasks/${items[0].id}`);
  await page.locator('section[aria-labelledby=log-title]').getByText('gửi công văn đôn đốc').first().waitFor();
  await stage.picture('task-log-desk-vi');
});

test('who is late with the own unit among them writes to the others alone', async () => {
  const lead = await unit('Tỉnh Lam Giang');
  await post('/api/tasks', { text: 'Tổng hợp kết quả rà soát của tỉnh', origin: 'meeting', source: 'Giao ban tháng 9', lead, due: '2026-10-15' });
  await begin('/tasks/late');
  const own = page.getByRole('row').filter({ hasText: 'không gửi công văn đôn đốc cho chính mình' });
  await own.waitFor();
  assert.match(await own.innerText(), /Tỉnh Lam Giang/);
  await page.getByRole('checkbox', { name: /Chọn tất cả/ }).click();
  await stage.picture('late-own-desk-vi');
  await page.getByRole('button', { name: 'Đôn đốc', exact: true }).click();
  const cells = page.getByRole('dialog').locator('tbody td:first-child');
  await cells.first().waitFor();
  assert.equal((await cells.allInnerTexts()).filter((it) => it === 'Tỉnh Lam Giang').length, 0);
});

test('T9: a directive with eight tasks becomes eight tasks given out, one lead found as it is typed', async () => {
  await begin('/documents');
  await drop('main', 'chi-thi-19.txt', DIRECTIVE);
  await page.getByRole('link', { name: 'Chỉ thị 19/CT-UBND' }).first().click();
  await page.locator('[data-row]').first().waitFor();
  // The first press chooses the first finding, and the eight after it accept one each.
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('Enter');
  const lead = page.locator('[data-unclear] input');
  await lead.waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[data-unclear]'));
  await page.keyboard.type('noi vu');
  await page.getByRole('option', { name: 'Sở Nội vụ' }).waitFor();
  await page.keyboard.press('Enter');
  await stage.picture('assign-desk-vi');
  await page.getByRole('button', { name: 'Giao việc' }).click();
  await page.getByText('Đã giao 8 nhiệm vụ.').waitFor();
  await within(stage, 'T9', { drags: 1, clicks: 2, keys: 16 });
  await page.getByRole('link', { name: 'Xem các nhiệm vụ đã giao' }).click();
  await page.getByText('8 nhiệm vụ', { exact: true }).waitFor();
  const { items } = await stage.ask('/api/tasks?words=so+tan+dan&due_from=2028-12-18&due_to=2028-12-18');
  assert.equal(items[0].lead.name, 'Xã Bình An');
  assert.equal(items[0].due, '2028-12-18');
});

test('a task that nobody can lead yet is left for later, and the others go out', async () => {
  await begin('/documents');
  const text = DIRECTIVE.replace('19/CT-UBND', '20/CT-UBND').replace('Chủ tịch Ủy', 'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;\nChủ tịch Ủy');
  await drop('main', 'chi-thi-20.txt', text);
  await page.getByRole('link', { name: 'Chỉ thị 20/CT-UBND' }).first().click();
  await page.locator('[data-row]').first().waitFor();
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('Enter');
  // The tasks are decided and their leads are known; a citation is left, and the keyboard stays with it.
  await page.getByText('8 nhiệm vụ đã nhận, chưa giao.').waitFor();
  await page.getByText('Đã xét 8 / 9').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Đã xét 9 / 9').waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[data-unclear]'));
  await page.keyboard.type('khong co co quan nay');
  const none = page.locator('[data-unclear] .none');
  await none.waitFor();
  await stage.picture('assign-later-desk-vi');
  const { x, width } = await none.boundingBox();
  assert.ok(x >= 0 && x + width <= DESK.width, `${x} ${width}`);
  await page.getByRole('button', { name: 'Để sau' }).first().click();
  await page.getByRole('button', { name: 'Giao việc' }).click();
  await page.getByText('Đã giao 7 nhiệm vụ.').waitFor();
  await page.getByText('1 việc để sau.').waitFor();
  await page.getByText('Xem lại 1 việc sắp giao').click();
  await page.getByRole('button', { name: 'Giao cùng các việc khác' }).click();
  await page.locator('[data-unclear] input').waitFor();
});

test('a task goes from being given to being sent back, with proof and reasons', async () => {
  const lead = await unit('Sở Tài chính');
  const { id } = await post('/api/tasks', { text: 'Lập dự toán cứu trợ', lead, due: '2028-12-01' });
  await begin(`/tasks/${id}`);
  await page.getByRole('button', { name: 'Cập nhật tiến độ' }).click();
  await page.getByLabel('Đã làm được gì, còn vướng gì').fill('Đã có dự thảo');
  await page.getByLabel('Tiến độ').selectOption('40');
  await page.locator('form').getByRole('button', { name: 'Cập nhật tiến độ' }).click();
  await page.getByText('Đã có dự thảo').waitFor();
  await drop('section[aria-labelledby=evidence-title]', 'du-toan.txt', 'Dự toán cứu trợ quý IV, đã họp thống nhất.');
  await page.getByRole('link', { name: 'du-toan.txt' }).waitFor();
  assert.equal(new URL(page.url()).pathname, `/tasks/${id}`);
  await page.getByRole('button', { name: 'Xin gia hạn' }).click();
  await page.getByLabel('Xin gia hạn đến ngày').fill('31/2/2029');
  await page.locator('form').getByRole('button', { name: 'Xin gia hạn' }).click();
  await page.getByText('“31/2/2029” không phải là ngày').waitFor();
  await page.getByText('Chưa điền “Lý do”').waitFor();
  assert.equal(await page.getByLabel('Xin gia hạn đến ngày').inputValue(), '31/2/2029');
  await page.getByLabel('Xin gia hạn đến ngày').fill('20/12/2028');
  await page.getByLabel('Lý do').fill('Chờ số liệu của các xã');
  await page.locator('form').getByRole('button', { name: 'Xin gia hạn' }).click();
  await page.getByText('Xin gia hạn đến 20/12/2028', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Đồng ý gia hạn', exact: true }).click();
  await page.locator('form').getByRole('button', { name: 'Đồng ý gia hạn' }).click();
  await page.getByText('Thời hạn giao ban đầu').waitFor();
  assert.equal((await stage.ask(`/api/tasks/${id}`)).due, '2028-12-20');
});

test('a task from a meeting is typed, and what is missing is told at its field', async () => {
  await begin('/tasks/new?from=meeting');
  await page.getByRole('button', { name: 'Giao việc', exact: true }).click();
  await page.getByRole('alert').getByText('Chưa chọn cơ quan chủ trì').waitFor();
  await page.getByLabel('Nội dung nhiệm vụ').fill('Chuẩn bị nội dung giao ban tháng 12');
  await page.getByLabel('Tên cuộc họp').fill('Giao ban tháng 11');
  await page.getByRole('combobox', { name: 'Cơ quan chủ trì' }).pressSequentially('xay dung');
  await page.getByRole('option', { name: 'Sở Xây dựng' }).click();
  await page.getByLabel('Thời hạn', { exact: true }).fill('5/12/2028');
  await page.getByRole('button', { name: 'Giao việc', exact: true }).click();
  await page.waitForURL(/\/tasks\/\d+$/);
  await page.getByText('Giao ban tháng 11').waitFor();
  await page.getByText('05/12/2028').waitFor();
});

test('the follow-up book has the seven columns of the decree, on the screen and as a workbook', async () => {
  await begin('/tasks/book');
  const heads = await page.locator('thead tr').first().locator('th').allTextContents();
  assert.equal(heads.length, 7);
  assert.equal(heads[0], 'Số đến');
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Tải Excel' }).click();
  assert.match((await file).suggestedFilename(), /\.xlsx$/);
});
