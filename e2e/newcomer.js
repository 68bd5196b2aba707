/** The first day with Dondoc, as `docs/newcomers-day.md` tells it: what is done in the page, section by section. */

/** The figures of the made-up month: row and column of the form, and what is typed. */
const FIGURES = [['1.1 (1)', '5'], ['1.2 (2)', '5'], ['1.2 (3)', '5'], ['1.3 (1)', '30'], ['1.4.1 (1)', '0'], ['1.4.2 (1)', '2']];

/**
 * Each step: its picture, and what is done. `page` is the browser's page; `see` waits for words that the text names and returns their place;
 * `code` is what the telephone of the one who is signed in would show.
 */
export const STEPS = [
  {
    picture: 'sign-in',
    async go({ see }) {
      await see('Luyện tập với tỉnh mẫu');
      await (await see('Cán bộ xã Bình An')).click();
    },
  },
  {
    picture: 'my-work',
    async go({ see }) {
      await see('Việc của tôi');
      await (await see('Kết quả thực hiện chính sách, tháng 12/2026')).click();
    },
  },
  {
    picture: 'form',
    async go({ page, see }) {
      await page.locator('input.editor:focus').waitFor();
      for (const [cell, text] of FIGURES) {
        await page.locator(`[data-key="${cell}"]`).click();
        await page.keyboard.type(text);
        await page.keyboard.press('Enter');
      }
      await see('đã gửi');
      // Every cell, and what the server then has to say of them.
      await page.locator('.where', { hasText: 'đã gửi' }).waitFor();
      await page.locator('td.wrong').first().waitFor({ state: 'detached' });
    },
  },
  {
    picture: 'receipt',
    async go({ page, see }) {
      await (await see('Nộp')).click();
      await page.locator('dialog button.main:enabled').waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.receipt').waitFor();
    },
  },
  {
    picture: 'approve',
    async go({ page, see, code }) {
      await (await see('Đăng xuất')).click();
      await (await see('Chuyên viên tỉnh Lam Giang')).click();
      await (await see('Báo cáo')).click();
      await (await see('Duyệt báo cáo')).click();
      const row = page.getByRole('row').filter({ hasText: 'Xã Bình An' }).filter({ hasText: 'Tháng 12/2026' });
      await row.getByRole('checkbox').check();
      await (await see('Duyệt 1 báo cáo')).click();
      const digits = page.getByRole('dialog').locator('input.code');
      await digits.waitFor();
      await digits.pressSequentially(await code());
      await see('Đã duyệt 1 báo cáo');
    },
  },
  {
    picture: 'total',
    async go({ page, see }) {
      await (await see('Tra cứu số liệu')).click();
      await page.getByRole('combobox', { name: 'Thêm chỉ tiêu' }).pressSequentially('ho so chinh sach tiep nhan');
      await (await see('Số hồ sơ chính sách tiếp nhận')).click();
      await page.getByLabel('Đến kỳ').selectOption({ label: 'tháng 12/2026' });
      await see('Đến kỳ');
      await page.locator('thead').getByText('12/2026').last().waitFor();
      await page.locator('tr.all td.figure button').last().waitFor();
    },
  },
  {
    picture: 'trace',
    async go({ page, see }) {
      await page.locator('tr.all td.figure button').last().click();
      await page.locator('dialog table tbody tr').first().getByRole('button').click();
      await page.locator('dialog .history li').first().waitFor();
      await see('Xã Bình An');
    },
  },
];
