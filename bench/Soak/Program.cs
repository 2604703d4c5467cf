using System.Globalization;
using WuShe.Fakes;
using WuShe.Soak;

// soak <messages> <people> <service url> <platform port>; the database as ConnectionStrings__Database.
if (args is not [var messagesText, var peopleText, var url, var portText])
{
    Console.Error.WriteLine("Usage: soak <messages> <people> <service url> <platform port>");
    return 2;
}

var (messages, people, port) = (Number(messagesText), Number(peopleText), Number(portText));
await using var platform = await FakeWeChat.Start(Residents.AppId, Residents.Secret, port: port);
platform.Faults.Usual(seed: 1);
platform.Notices.Templates["TPL"] = "事项：{{thing1.DATA}}\n编号：{{character_string2.DATA}}\n进度：{{phrase3.DATA}}\n时间：{{time4.DATA}}";
await using var staff = Staff.Start();
await using var residents = new Residents(platform, new Uri(url), messages, people);

var working = staff.Work(residents.CaseOpened, residents.Done);
await residents.Talk();
await working;
platform.Faults.None();
return await new Verdict(platform, residents, staff).Print() ? 0 : 1;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
