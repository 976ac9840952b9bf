#![allow(clippy::expect_used, reason = "a failed expectation is a failed test")]

use super::*;
use crate::fold::fold;

/// What a text says that is not warned against.
fn purposes(text: &str) -> Vec<Purpose> {
    let mut purposes: Vec<Purpose> =
        find(&fold(text)).into_iter().filter(|hit| !hit.negated).map(|hit| hit.purpose).collect();
    purposes.sort_unstable();
    purposes.dedup();
    purposes
}

fn says(text: &str, purpose: Purpose) {
    assert!(purposes(text).contains(&purpose), "{text:?} should be {purpose:?}: {:?}", find(&fold(text)));
}

fn is_quiet_on(text: &str, purpose: Purpose) {
    assert!(!purposes(text).contains(&purpose), "{text:?} should not be {purpose:?}: {:?}", find(&fold(text)));
}

use Purpose::{AccountProblem, Credentials, Deadline, FakeBanner, ImpersonalGreeting, Money, Summons, Windfall};

#[test]
fn every_phrase_is_found_where_it_stands() {
    for (_, _, texts) in PHRASES {
        for phrase in texts.split('\n') {
            let text = phrase.replace('_', " x ");
            let mut found = false;
            TABLE.each_at(&text, 0, |row| {
                found |= row.text == phrase && end_of_phrase(&text, 0, phrase) == Some(text.len());
            });
            assert!(found, "{phrase}");
        }
    }
}

#[test]
fn english() {
    says("Please verify your PayPal account.", Credentials);
    says("Your Netflix account has been put on hold", AccountProblem);
    says("Kindly click here to keep your current password", Credentials);
    says("It will be suspended within 24 hours", Deadline);
    says("If you do not confirm your identity, you lose access.", Credentials);
    says("Dear valued customer,", ImpersonalGreeting);
    says("We\u{2019}ve detected a new device login", AccountProblem);
    is_quiet_on("We will never ask you to confirm your password by mail.", Credentials);
    is_quiet_on("Don\u{2019}t share your card number or your PIN code with anyone.", Credentials);
    is_quiet_on("Forgot your password? Help", Credentials);
    is_quiet_on("Invoice 1234 for your order of 3 May: thank you for your payment.", Money);
    is_quiet_on("Dear Taro,", ImpersonalGreeting);
}

#[test]
fn japanese() {
    says("アカウントの確認をお願いいたします。", Credentials);
    says("アカウ ントの 確認", Credentials);
    says("24時間以内にご対応ください", Deadline);
    says("２４時間以内に", Deadline);
    says("お客様各位", ImpersonalGreeting);
    says("第三者による不正ログインを検知しました", AccountProblem);
    is_quiet_on("当社がメールでカード番号をお伺いすることはありません。", Credentials);
    is_quiet_on("パスワードを入力しないでください。", Credentials);
    is_quiet_on("決してパスワードを入力なさらないよう", Credentials);
    is_quiet_on("山田様 いつもお世話になっております。請求書をお送りします。", Money);
    is_quiet_on("パスワードをお忘れの方", Credentials);
}

#[test]
fn german() {
    says("Bitte bestätigen Sie Ihre Kundendaten", Credentials);
    says("Sehr geehrter Kunde,", ImpersonalGreeting);
    says("Ihr Konto wurde vorübergehend gesperrt", AccountProblem);
    says("Ihr Konto wird gesperrt", Deadline);
    is_quiet_on("Passwort vergessen?", Credentials);
    is_quiet_on("Wir werden Sie niemals per E-Mail nach Ihrer Kartennummer fragen.", Credentials);
    is_quiet_on("Sehr geehrte Frau Meier,", ImpersonalGreeting);
}

#[test]
fn french() {
    says("Veuillez mettre à jour vos informations", Credentials);
    says("Cher client,", ImpersonalGreeting);
    says("Votre compte sera suspendu sous 48h", Deadline);
    is_quiet_on("Nous ne vous demanderons jamais votre numéro de carte.", Credentials);
    is_quiet_on("Mot de passe oublié ?", Credentials);
    is_quiet_on("Chère Marie,", ImpersonalGreeting);
}

#[test]
fn spanish_portuguese_and_italian() {
    says("Actualice sus datos", Credentials);
    says("Estimado cliente:", ImpersonalGreeting);
    says("Su cuenta será bloqueada", Deadline);
    is_quiet_on("Nunca le pediremos su número de tarjeta por correo.", Credentials);
    is_quiet_on("Estimada María:", ImpersonalGreeting);
    says("Atualize seus dados", Credentials);
    says("Prezado(a) cliente", ImpersonalGreeting);
    is_quiet_on("Nunca solicitamos dados bancários por e-mail.", Credentials);
    is_quiet_on("Olá, João!", ImpersonalGreeting);
    says("Aggiorna i tuoi dati", Credentials);
    says("Gentile cliente,", ImpersonalGreeting);
    is_quiet_on("La banca non chiede mai il numero della carta.", Credentials);
    is_quiet_on("Password dimenticata?", Credentials);
}

#[test]
fn dutch() {
    says("Bevestig uw gegevens", Credentials);
    says("Geachte klant,", ImpersonalGreeting);
    says("Uw rekening wordt geblokkeerd", Deadline);
    is_quiet_on("Wij vragen nooit om uw pincode.", Credentials);
    is_quiet_on("Wachtwoord vergeten?", Credentials);
}

#[test]
fn chinese_and_korean() {
    says("请验证您的账户", Credentials);
    says("尊敬的用户：", ImpersonalGreeting);
    says("您的邮箱已满", AccountProblem);
    is_quiet_on("我们不会要求您输入密码。", Credentials);
    says("비밀번호를 입력하세요", Credentials);
    says("고객님께", ImpersonalGreeting);
    says("24시간 이내에", Deadline);
    is_quiet_on("비밀번호를 입력하지 마세요.", Credentials);
}

#[test]
fn gifts_of_strangers() {
    for text in [
        "You have won a set of tools",
        "Claim your free tokens today",
        "to donate the sum of five million",
        "Sie haben gewonnen!",
        "Vous avez gagné une boîte mystère",
        "Ha ganado un premio",
        "Você foi contemplado",
        "Hai vinto un buono",
        "U heeft gewonnen",
        "恭喜您中奖",
        "경품에 당첨되셨습니다",
        "還付金を受け取るには",
        "マイナポイントを受け取れます",
    ] {
        says(text, Windfall);
    }
    for text in [
        "Thank you for your donation of $50.",
        "Your points expire on 31 March.",
        "Ihr Gutschein für den nächsten Einkauf",
        "ポイントの有効期限は3月31日です",
        "抽選の結果、ご当選となりました",
        "給付金の申請は市役所へ",
        "確定申告による還付は約1か月後です",
        "Beware of mails that say you have won a prize.",
    ] {
        is_quiet_on(text, Windfall);
    }
}

#[test]
fn threats_with_the_law() {
    for text in [
        "Notice to appear in court",
        "Gerichtliche Vorladung",
        "Contravention impayée",
        "Notificación judicial",
        "INTIMAÇÃO ELETRÔNICA",
        "Atto giudiziario",
        "Openstaande boete",
        "法院传票",
        "과태료 미납 안내",
        "財産の差押を執行",
        "法的措置を講じます",
    ] {
        says(text, Summons);
    }
    for text in ["The court heard the case in May.", "裁判所の見学会", "差押を予告する偽のメールにご注意ください"]
    {
        is_quiet_on(text, Summons);
    }
}

#[test]
fn trouble_and_demands_of_japanese_campaigns() {
    for text in [
        "カードのご利用を一時停止しました",
        "アカウントの利用制限のお知らせ",
        "お荷物のお届けにあがりましたが不在のため持ち帰りました",
        "証券口座への不正アクセスについて",
        "えきねっとアカウントの自動退会処理について",
        "ETCサービスは無効になりました",
        "メールボックスの容量が上限に達しました",
    ] {
        says(text, AccountProblem);
    }
    for text in ["お支払い方法の更新をお願いします", "カード情報を更新してください", "ご本人確認が必要です"]
    {
        says(text, Credentials);
    }
    for text in ["電気料金の未払いについて", "未払いの通行料金があります"] {
        says(text, Money);
    }
    is_quiet_on("お心当たりのない場合は破棄してください", AccountProblem);
    is_quiet_on("システム更新のため日曜日は休業します", AccountProblem);
    is_quiet_on("マイページにログインのうえ、明細をご覧ください", Credentials);
    is_quiet_on("ワンタイムパスワードをお送りします", Credentials);
    is_quiet_on("ご請求金額は1,000円です。振込手数料をご負担ください", Money);
    is_quiet_on("3日以内に担当者よりご返事いたします", Deadline);
    is_quiet_on("メンテナンスのためサービスを停止します", Deadline);
}

#[test]
fn banners_that_only_a_mail_program_could_write() {
    says("This message is from a trusted sender.", FakeBanner);
    says("Este mensaje proviene de un remitente de confianza", FakeBanner);
    says("このメールは認証済みの送信者からのメッセージです", FakeBanner);
    is_quiet_on("Add us to your trusted sender list.", FakeBanner);
    is_quiet_on("Never open it unless it comes from a trusted sender.", FakeBanner);
}

#[test]
fn words_are_whole_where_they_are_spaced() {
    says("Please verify your account", Credentials);
    is_quiet_on("Please reverify your accountancy", Credentials);
    is_quiet_on("insurgently", Deadline);
}

#[test]
fn a_guard_reaches_no_further_than_its_sentence() {
    says("We never ask for it. Verify your account now!", Credentials);
    says("詐欺にご注意ください。パスワードを入力してください", Credentials);
}

#[test]
fn hits_say_where_and_in_which_language() {
    let text = fold("Hello, please  Verify your   account");
    let hits = find(&text);
    let hit = hits.iter().find(|hit| hit.purpose == Credentials).expect("a hit");
    assert_eq!(text.as_str().get(hit.range.clone()), Some("verify your account"));
    assert_eq!(hit.language, "en");
    assert!(find(&fold("")).is_empty());
}

#[test]
fn hostile_text_takes_linear_time() {
    for piece in ["your ", "never ask ", "お客", "\u{200B}a", "verify your account ", "ことはありません", "***"]
    {
        let text = fold(&piece.repeat(100_000 / piece.len()));
        assert!(find(&text).len() <= text.as_str().len());
    }
}
