package apis

import f "akita/test/accuracy/fiction"

// arcade is the back end of a game: boards and players whose ids are words, inventories
// and statistics by the name of a thing, integers beyond 53 bits, seasons with numbers in
// their names, and states that are null until they are not.
func arcade() *f.API {
	player, board := f.Handle(200), f.Words("dungeon-dash", "endless", "speedrun", "king-of-the-hill", "weekly-cup", "duo")
	itemKey := f.Words(
		"iron_sword", "oak_shield", "health_potion", "mana_potion", "torch", "rope", "gold_key", "map_fragment", "ruby",
		"feather",
	)
	season := f.Words("s1", "s2", "s3", "s4", "s5", "s6", "s7")
	rank := f.Record(
		f.F("rank", f.Int(1, 9999)), f.F("player", player), f.F("score", f.Snowflake()), f.F("delta", f.Int(-20, 20)),
		f.F("country", f.Country().Nullable(.3)), f.F("replay", f.Short(14)).Sometimes(.4),
	)
	inventory := f.Map(
		itemKey,
		f.Record(
			f.F("count", f.Int(1, 99)), f.F("rarity", f.Enum("common", "rare", "epic", "legendary")),
			f.F("expires", f.UnixMillis().Nullable(.6)),
		),
		0, 5,
	)
	loadout := f.Record(
		f.F("head", f.Codes("helm", "hood").Nullable(.4)), f.F("hand", itemKey.Nullable(.2)), f.F("skin", f.Color()),
	)
	profile := f.Record(
		f.F("handle", player), f.F("uid", f.Snowflake()), f.F("level", f.Int(1, 80)), f.F("xp", f.Int(0, 90000000000)),
		f.F("title", f.Title().Nullable(.5)), f.F("online", f.Bool(.4)),
		f.F("guild", f.Record(
			f.F("tag", f.Codes("OWL", "FOX", "ELK", "ORC")), f.F("name", f.Title()),
			f.F("role", f.Enum("leader", "officer", "member")),
		).Nullable(.3)),
		f.F("loadout", loadout),
		f.F("stats", f.Map(
			f.Words("kills", "deaths", "assists", "wins", "losses", "headshots", "distance", "revives"), f.Int(0, 99999), 2, 6,
		)),
		f.F("joined", f.UnixSeconds()),
	)
	team := f.Record(
		f.F("color", f.Enum("red", "blue")),
		f.F("players", f.List(
			f.Record(
				f.F("handle", player), f.F("hero", f.Enum("mage", "tank", "ranger", "healer")),
				f.F("kda", f.List(f.Int(0, 30), 3, 3)), f.F("mvp", f.Bool(.1)).Sometimes(.3),
			),
			1, 3,
		)),
		f.F("score", f.Int(0, 100)),
	)
	match := f.Record(
		f.F("id", f.UUID()), f.F("mode", f.Enum("ranked", "casual", "custom")),
		f.F("map", f.Codes("harbor", "citadel", "frostpeak")),
		f.F("state", f.Enum("queued", "running", "finished", "aborted")), f.F("started", f.UnixMillis().Nullable(.2)),
		f.F("winner", f.Enum("red", "blue").Nullable(.3)), f.F("teams", f.List(team, 2, 2)),
		f.F("grid", f.List(f.List(f.Int(0, 5), 3, 3), 3, 3)).Sometimes(.4),
		f.F("result", f.Record(
			f.F("elo", f.Map(player, f.Int(-30, 30), 1, 4)), f.F("duration", f.Num(60, 3600)),
		).Nullable(.4)),
	)
	event := f.Tagged("kind",
		f.Record(
			f.F("kind", f.Const("kill")), f.F("t", f.Int(0, 3600)), f.F("by", player), f.F("victim", player),
			f.F("with", itemKey),
		),
		f.Record(
			f.F("kind", f.Const("pickup")), f.F("t", f.Int(0, 3600)), f.F("by", player), f.F("item", itemKey),
			f.F("count", f.Int(1, 5)),
		),
		f.Record(
			f.F("kind", f.Const("chat")), f.F("t", f.Int(0, 3600)), f.F("by", player), f.F("text", f.Sentence()),
			f.F("team_only", f.Bool(.5)),
		),
	)
	problem := f.Record(f.F("err", f.Int(1000, 1040)), f.F("msg", f.Sentence()))
	missing := f.JSON(404, problem).Rarely(.05)
	page := []f.Field{f.F("offset", f.Int(0, 900)).Sometimes(.5), f.F("count", f.Int(10, 100)).Sometimes(.5)}
	ops := []*f.Operation{
		f.Op(
			"POST", "/auth/device",
			f.JSON(200, f.Record(f.F("session", f.Token(40)), f.F("expires", f.UnixMillis()), f.F("new", f.Bool(.2)))),
			f.JSON(403, problem).Rarely(.05),
		).Sends(f.Record(
			f.F("device_id", f.UUID()), f.F("platform", f.Enum("ios", "android", "steam", "switch")),
			f.F("build", f.Int(1000, 4000)), f.F("locale", f.Language()),
		)).Weighing(5),
		f.Op(
			"GET", "/leaderboards",
			f.JSON(
				200, f.List(f.Record(f.F("board", board), f.F("resets", f.UnixMillis()), f.F("entries", f.Int(0, 90000))), 1, 4),
			),
		).Weighing(3),
		f.Op(
			"GET", "/leaderboards/{board}",
			f.JSON(
				200,
				f.Record(f.F("board", board), f.F("season", season), f.F("top", f.List(rank, 0, 5)), f.F("me", rank.Nullable(.4))),
			),
		).Param("board", board).Asks(page...).Asks(
			f.F("season", season).Sometimes(.4), f.F("friends", f.Bool(.3)).Sometimes(.3),
		).Weighing(10),
		f.Op(
			"GET", "/leaderboards/{board}/{season}/around/{player}", f.JSON(200, f.List(rank, 1, 5)), missing,
		).Param("board", board).Param("season", season).Param("player", player).Weighing(5),
		f.Op(
			"POST", "/leaderboards/{board}/scores", f.JSON(200, f.Record(f.F("rank", f.Int(1, 9999)), f.F("best", f.Bool(.3)))),
			f.JSON(422, problem).Rarely(.2).ToSpoiled(),
		).Param("board", board).Sends(f.Record(
			f.F("score", f.Snowflake()), f.F("proof", f.Base64(24)), f.F("inputs", f.List(f.Int(0, 255), 0, 6)),
		)).Weighing(6),
		f.Op(
			"GET", "/players/me",
			f.JSON(
				200,
				profile.With(
					f.F("wallet", f.Record(f.F("gems", f.Int(0, 9000)), f.F("coins", f.Int(0, 900000)))),
					f.F("friends", f.List(player, 0, 4)), f.F("mail", f.Int(0, 20)),
				),
			),
		).Weighing(9),
		f.Op("GET", "/players/{player}", f.JSON(200, profile), missing).Param("player", player).Weighing(9),
		f.Op("GET", "/players/{player}/inventory", f.JSON(200, inventory), missing).Param("player", player).Weighing(6),
		f.Op("PATCH", "/players/me/loadout", f.JSON(200, loadout), f.JSON(409, problem).Rarely(.1)).Sends(f.Record(
			f.F("head", f.Codes("helm", "hood").Nullable(.3)).Sometimes(.5), f.F("hand", itemKey.Nullable(.3)).Sometimes(.5),
			f.F("skin", f.Color()).Sometimes(.3),
		)).Weighing(3),
		f.Op(
			"POST", "/players/{player}/friend", f.Empty(204), f.JSON(409, problem).Rarely(.1),
		).Param("player", player).Weighing(3),
		f.Op("DELETE", "/players/{player}/friend", f.Empty(204), missing).Param("player", player).Weighing(1),
		f.Op(
			"POST", "/matchmaking/join", f.JSON(202, f.Record(f.F("ticket", f.ULID()), f.F("eta", f.Int(1, 120).Nullable(.3)))),
		).Sends(f.Record(
			f.F("mode", f.Enum("ranked", "casual")), f.F("party", f.List(player, 0, 3)),
			f.F("regions", f.Map(f.Codes("eu-west", "us-east", "ap-south", "sa-east"), f.Int(5, 300), 1, 4)),
		)).Weighing(5),
		f.Op("POST", "/matchmaking/leave", f.Empty(204)).Weighing(2),
		f.Op("GET", "/matches/{match}", f.JSON(200, match), missing).Param("match", f.UUID()).Weighing(7),
		f.Op(
			"GET", "/matches/{match}/events", f.JSON(200, f.List(event, 0, 6)), missing,
		).Param("match", f.UUID()).Asks(f.F("since", f.Int(0, 3600)).Sometimes(.5)).Weighing(5),
		f.Op(
			"GET", "/shop/daily",
			f.JSON(
				200,
				f.Record(
					f.F("refreshes", f.UnixMillis()),
					f.F("offers", f.List(
						f.Record(
							f.F("item", itemKey),
							f.F("price", f.Record(f.F("coins", f.Int(1, 900)).Sometimes(.6), f.F("gems", f.Int(1, 90)).Sometimes(.4))),
							f.F("left", f.Int(0, 5).Nullable(.3)),
						),
						1, 4,
					)),
				),
			),
		).Weighing(4),
		f.Op(
			"POST", "/shop/{item}/buy", f.JSON(200, inventory), f.JSON(402, problem).Rarely(.15),
		).Param("item", itemKey).Sends(f.Record(f.F("count", f.Int(1, 5)))).Weighing(4),
		f.Op(
			"GET", "/config/{platform}/{build}",
			f.JSON(
				200,
				f.Record(
					f.F("flags", f.Map(
						f.Words("new_lobby", "dark_map", "xp_boost", "voice_chat", "cross_play", "beta_hud", "fast_queue", "spectate"),
						f.Bool(.5), 3, 7,
					)),
					f.F("min_build", f.Int(900, 1200)), f.F("cdn", f.URI("https://cdn.example.test")),
				),
			),
		).Param("platform", f.Words("ios", "android", "steam", "switch")).Param("build", f.Int(1000, 1040)).Weighing(4),
	}
	each(ops, func(op *f.Operation) {
		if op.Path == "/auth/device" || op.Path == "/config/{platform}/{build}" {
			return
		}
		op.By(key("header", "X-Session-Token")).Or(f.JSON(401, problem).Rarely(.03).ToAnonymous())
	})
	return &f.API{
		Name: "arcade", Host: "play.example.test", Routes: f.Template, Operations: ops, Noise: scans, Missing: problem,
		Forbidden: []f.MethodPath{{Method: "GET", Path: "/matchmaking/join"}}}
}
